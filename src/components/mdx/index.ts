/**
 * The views of the tags that authors may write, handed to every lesson: the only registration there is.
 * What each tag means is in src/markdown/tags.ts; a law holds the two lists together.
 */
import '../../styles/tags.css';
import Predict from '../quiz/Predict.astro';
import Quiz from '../quiz/Quiz.astro';
import Cite from './Cite.astro';
import Cost from './Cost.astro';
import Counted from './Counted.astro';
import DeepDive from './DeepDive.astro';
import Factors from './Factors.astro';
import Figure from './Figure.astro';
import Given from './Given.astro';
import Limits from './Limits.astro';
import Look from './Look.astro';
import Measured from './Measured.astro';
import Network from './Network.astro';
import Notes from './Notes.astro';
import Pitfall from './Pitfall.astro';
import Reading from './Reading.astro';
import Recap from './Recap.astro';
import Share from './Share.astro';
import Simulation from './Simulation.astro';
import Slide from './Slide.astro';
import Sources from './Sources.astro';
import Term from './Term.astro';
import Theory from './Theory.astro';
import Timeline from './Timeline.astro';

export const tags = {
  Cite,
  Cost,
  Counted,
  DeepDive,
  Factors,
  Figure,
  Given,
  Limits,
  Look,
  Measured,
  Network,
  Notes,
  Pitfall,
  Predict,
  Quiz,
  Reading,
  Recap,
  Share,
  Simulation,
  Slide,
  Sources,
  Term,
  Theory,
  Timeline,
};
