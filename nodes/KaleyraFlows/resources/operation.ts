import type { KaleyraLifecycleClient } from '../../kaleyra/KaleyraLifecycleClient';
import type { Operation } from '../../shared/node/operations';

export type KaleyraOperation = Operation<KaleyraLifecycleClient>;
