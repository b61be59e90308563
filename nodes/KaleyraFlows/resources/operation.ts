import type { KaleyraClient } from '../../kaleyra/KaleyraClient';
import type { Operation } from '../../shared/node/operations';

export type { GetParameter } from '../../shared/node/parameters';

/** One operation: how the dropdown names it, its fields, what it does. */
export type FlowOperation = Operation<KaleyraClient>;
