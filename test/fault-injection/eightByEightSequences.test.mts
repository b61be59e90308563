import { eightByEight } from './eightByEight.mts';
import { testSequences } from './sequences.mts';

// 500 sequences
testSequences(eightByEight, 10);
