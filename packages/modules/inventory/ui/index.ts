/** The inventory's pages, and what it shows on the pages of others. */
import './receive-page.js';
import './stock-level.js';
import './stock-page.js';
