/** The pages of notifications. */
import './message-page.js';
import './messages-page.js';
