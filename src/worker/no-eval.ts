/**
 * A strict content security policy forbids building functions from text; the schema library would try, and be reported.
 * To be imported before whatever declares a schema: a schema tries when it is declared.
 */
import { config } from 'zod/v4/core';

config({ jitless: true });
