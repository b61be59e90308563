import { eightByEight } from './eightByEight.mts';
import { testSequences } from './sequences.mts';

// 500 in all.
testSequences(eightByEight, 10);
