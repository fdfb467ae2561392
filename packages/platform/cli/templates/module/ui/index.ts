/** The pages of the module. */
import './entries-page.js';
import './new-entry-page.js';
