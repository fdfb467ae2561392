/** The pages of orders, and what they show on the pages of others. */
import './add-to-basket.js';
import './basket-page.js';
import './order-page.js';
import './orders-page.js';
import './story-page.js';
import './payment-differences.js';
