import type { EightByEightClient } from '../../eightByEight/EightByEightClient';
import type { Operation } from '../../shared/node/operations';

/** An operation of the resource Flow. */
export type FlowOperation = Operation<EightByEightClient>;
