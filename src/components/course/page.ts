// All that moves in the frame of a page, as one file that every page shares.

import './header.ts';
import './search.ts';
import './report.ts';
import './offline.ts';
import './continue.ts';
import './reading.ts';
