import { macrolithOffice } from './macrolith-office.js';
import { moleculerOffice } from './moleculer-office.js';
import { nestOffice } from './nest-office.js';
import { rawOffice } from './raw-office.js';

export const OFFICES = {
  macrolith: macrolithOffice,
  raw: rawOffice,
  nest: nestOffice,
  moleculer: moleculerOffice,
} as const;

export type OfficeName = keyof typeof OFFICES;
