import preset from '@macrolith/jest';

export default { ...preset, globalSetup: '@macrolith/local-services/jest' };
