/** The catalog's pages, and what it shows on the pages of others. */
import './new-product-page.js';
import './product-name.js';
import './product-page.js';
import './products-page.js';
