/** The pages of shipping, and what it shows on the pages of others. */
import './order-shipment.js';
import './shipment-page.js';
import './shipments-page.js';
