import { shell } from '@shop/shell';
import { bench } from '@shop/bench';

export const used = [shell, bench];
