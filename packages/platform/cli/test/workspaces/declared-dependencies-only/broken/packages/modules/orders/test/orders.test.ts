import { of } from 'rxjs';
import { test } from 'vitest';

export const used = [of, test];
