import type { KaleyraClient } from '../../api/client';
import type { Operation } from '../../engine/operations';

export type { Parameter } from '../../engine/read';

/** One operation: how the dropdown names it, its fields, what it does. */
export type FlowOperation = Operation<KaleyraClient>;
