// What happens to a lesson's Markdown on its way to the page, in order: plugins of the Sätteri engine. The one list;
// each plugin is a module of its own beside this one.

import type { MdastPluginList, HastPluginList } from 'satteri';
import { diagramPlugin } from './diagrams.ts';
import { lessonRulesPlugin } from './lesson-rules.ts';

/** Work on the Markdown tree. */
export const mdastPlugins: MdastPluginList = [lessonRulesPlugin, diagramPlugin];

/** Work on the HTML tree. */
export const hastPlugins: HastPluginList = [];
