/** The pages of the console. */
import './deliveries-page.js';
import './message-page.js';
import './overview-page.js';
import './run-page.js';
import './runs-page.js';
import './story-page.js';
import './unreadable-page.js';
