import type { EightByEightClient } from '../../eightByEight/EightByEightClient';
import type { EightByEightMessageClient } from '../../eightByEight/EightByEightMessageClient';
import type { Operation } from '../../shared/node/operations';

export type FlowOperation = Operation<EightByEightClient>;

export type MessageOperation = Operation<EightByEightMessageClient>;
