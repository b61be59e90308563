import type { EightByEightClient } from '../../eightByEight/EightByEightClient';
import type { Operation } from '../../shared/node/operations';

/** One operation: how the dropdown names it, its fields, what it does. */
export type FlowOperation = Operation<EightByEightClient>;
