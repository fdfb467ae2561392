/** The pages of the module. */
import './sales-page.js';
