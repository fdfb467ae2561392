import { defineModule } from '@shop/core';
import { Scores } from './index.js';

export const scores = defineModule(Scores, { owner: 'team-risk' });
