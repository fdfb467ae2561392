/** The pages of payments, and what they show on the pages of others. */
import './account-page.js';
import './accounts-page.js';
import './open-account-page.js';
import './order-payment.js';
import './payments-page.js';
import './reconciliation-page.js';
