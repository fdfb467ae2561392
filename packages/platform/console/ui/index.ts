/** The pages of the console. */
import './deliveries-page.js';
import './message-page.js';
import './overview-page.js';
import './story-page.js';
