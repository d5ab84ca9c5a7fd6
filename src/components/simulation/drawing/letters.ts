/** How high the letters of a drawing are at least, in its own units: 0 but on a wall. Words that are cut to their room ask it. */
import { createContext } from 'react';

export const LettersContext = createContext(0);
