import { eightByEight } from './eightByEight.mts';
import { testMatrix } from './matrix.mts';

testMatrix(eightByEight);
