import preset from '@macrolith/jest';

export default preset;
