import { kaleyra } from './kaleyra.mts';
import { testSequences } from './sequences.mts';

// 2,000 in all.
testSequences(kaleyra, 40);
