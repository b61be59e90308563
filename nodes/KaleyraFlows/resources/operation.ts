import type { KaleyraLifecycleClient } from '../../kaleyra/KaleyraLifecycleClient';
import type { KaleyraPhoneNumberClient } from '../../kaleyra/KaleyraPhoneNumberClient';
import type { Operation } from '../../shared/node/operations';

export type FlowOperation = Operation<KaleyraLifecycleClient>;

export type MessageOperation = Operation<KaleyraPhoneNumberClient>;
