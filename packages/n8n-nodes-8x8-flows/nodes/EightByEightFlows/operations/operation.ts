import type { ChannelClient } from '../../api/client';
import type { Operation } from '../../engine/operations';

/** One operation: how the dropdown names it, its fields, what it does. */
export type FlowOperation = Operation<ChannelClient>;
