import { moduleUi } from '@macrolith/ui/vite';

export default moduleUi();
