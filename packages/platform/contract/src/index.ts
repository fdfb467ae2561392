/** What a module promises: operations, events and errors, declared once as schemas. */
export { z } from 'zod';
