import type { KaleyraClient } from '../../kaleyra/KaleyraClient';
import type { Operation } from '../../shared/node/operations';

export type KaleyraOperation = Operation<KaleyraClient>;
