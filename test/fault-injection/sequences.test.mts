import { kaleyra } from './kaleyra.mts';
import { testSequences } from './sequences.mts';

// 2,000 sequences
testSequences(kaleyra, 40);
