import type { EightByEightFlowClient } from '../../eightByEight/EightByEightFlowClient';
import type { EightByEightMessageClient } from '../../eightByEight/EightByEightMessageClient';
import type { Operation } from '../../shared/node/operations';

export type FlowOperation = Operation<EightByEightFlowClient>;

export type MessageOperation = Operation<EightByEightMessageClient>;
