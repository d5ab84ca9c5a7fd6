/**
 * Finds, in the machine's sources, whatever could make a run differ between two machines: clocks, chance,
 * the reader's language, and functions whose last bit is left to the engine. The linter says the common ones
 * while one types; this reads the syntax, so that no other way of saying them gets through.
 */
import ts from 'typescript';

/** What ECMAScript defines to the last bit. All other functions of Math may round as the engine likes. */
const exactMath = new Set(
  'abs ceil clz32 floor fround imul max min round sign sqrt trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2'.split(' '),
);
const surroundings = new Set(
  `Date performance Intl crypto globalThis setTimeout setInterval setImmediate queueMicrotask
   requestAnimationFrame WeakRef FinalizationRegistry Temporal`.split(/\s+/),
);
const localMethods = new Set([
  'localeCompare',
  'toLocaleString',
  'toLocaleDateString',
  'toLocaleTimeString',
  'toLocaleLowerCase',
  'toLocaleUpperCase',
]);

/** True when an identifier stands for a value, and is not the name of a property, a member or a type. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent) || ts.isBindingElement(parent))
    return parent.name !== node && (parent as { propertyName?: ts.Node }).propertyName !== node;
  if (
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isPropertyDeclaration(parent)
  )
    return parent.name !== node;
  return !ts.isPartOfTypeNode(node) && !ts.isTypeReferenceNode(parent);
}

/** One line for each place, with file and line. */
export function untrustworthy(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const report = (node: ts.Node, problem: string) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    found.push(`${file}:${line} ${problem}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node)) {
      const powers = [ts.SyntaxKind.AsteriskAsteriskToken, ts.SyntaxKind.AsteriskAsteriskEqualsToken];
      // A power of two that is written out is one bit: there is nothing to round.
      const isOneBit = ts.isNumericLiteral(node.left) && node.left.text === '2' && ts.isNumericLiteral(node.right);
      if (powers.includes(node.operatorToken.kind) && !isOneBit) {
        report(node, '`**` may round differently between engines: multiply, or use those of simulations/engine/.');
      }
    }
    if (ts.isIdentifier(node) && isUse(node)) {
      if (node.text === 'Math') {
        const { parent } = node;
        const member = ts.isPropertyAccessExpression(parent) ? parent.name.text : undefined;
        if (member === undefined) report(node, 'name the function of Math that is meant: Math.floor and so on.');
        else if (!exactMath.has(member))
          report(node, `Math.${member} may differ between engines: use the functions of simulations/engine/.`);
      } else if (surroundings.has(node.text)) {
        report(
          node,
          `${node.text} belongs to one machine's surroundings: a run knows only its scenario, inputs and seed.`,
        );
      }
    }
    if (ts.isPropertyAccessExpression(node) && localMethods.has(node.name.text)) {
      report(
        node,
        `${node.name.text} depends on the machine's language: compare with < and >, and leave words to the page.`,
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
