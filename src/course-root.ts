// Where the words of the course lie. The journeys walk through a tiny course of their own: SEAMS_COURSE=tests/course.
// This is the only place that reads the variable.

/** Folder that holds course.yaml and lessons/, relative to the project. */
export const courseRoot = process.env.SEAMS_COURSE || 'content';
