import { kaleyra } from './kaleyra.mts';
import { testMatrix } from './matrix.mts';

testMatrix(kaleyra);
