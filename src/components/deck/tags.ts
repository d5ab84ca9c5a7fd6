/**
 * The tags of a lesson as its deck sees them: what is shown, asked or noted becomes a piece of its own, marked for the cut into
 * slides; whatever is not named here is what it is on the page.
 */
import { tags as page } from '../mdx/index.ts';
import NotesPiece from './NotesPiece.astro';
import NothingPiece from './NothingPiece.astro';
import PicturePiece from './PicturePiece.astro';
import PredictPiece from './PredictPiece.astro';
import QuizPiece from './QuizPiece.astro';
import StagePiece from './StagePiece.astro';
import WordsPiece from './WordsPiece.astro';

export const deckTags = {
  ...page,
  Notes: NotesPiece,
  Slide: WordsPiece,
  Recap: WordsPiece,
  Simulation: StagePiece,
  Predict: PredictPiece,
  Quiz: QuizPiece,
  Network: PicturePiece,
  // Stay on the page: a timeline is for wandering about in, the rest is for reading.
  Timeline: NothingPiece,
  DeepDive: NothingPiece,
  Pitfall: NothingPiece,
  Reading: NothingPiece,
};
