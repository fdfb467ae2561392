import { registerIconLibrary } from '@awesome.me/webawesome/dist/components/icon/library.js';
import type { IconName } from '@macrolith/ui/manifest';
import { iconNodes } from './icon-nodes.js';

/** The names that the component library uses inside of its own elements. */
const SYSTEM_ICONS: Readonly<Record<string, IconName>> = {
  xmark: 'x',
  'circle-xmark': 'circle-x',
  'eye-slash': 'eye-off',
  'circle-question': 'circle-help',
  'circle-info': 'info',
  'magnifying-glass': 'search',
};

const SVG = 'http://www.w3.org/2000/svg';
const DRAWN = Symbol('drawn');

/**
 * Icons that are drawn from the kit's own code. The component library would fetch each icon from an address, which a strict
 * Content-Security-Policy forbids for `data:`; as a sprite sheet it leaves the drawing to `mutator` and fetches nothing.
 */
export function registerIcons(): void {
  for (const library of ['default', 'system']) {
    registerIconLibrary(library, { spriteSheet: true, resolver: (name) => `#${name}`, mutator: draw });
  }
}

function draw(svg: SVGElement & { [DRAWN]?: string }, host?: Element): void {
  const name = host?.getAttribute('name') ?? '';
  if (svg[DRAWN] === name) return;
  svg[DRAWN] = name;
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  for (const old of svg.querySelectorAll('g')) old.remove();
  svg.append(drawing(name));
}

function drawing(name: string): SVGElement {
  const nodes = iconNodes[SYSTEM_ICONS[name] ?? (name as IconName)] ?? iconNodes['circle-help'];
  const group = shape('g', {
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.85',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
  group.append(...nodes.map(([tag, attributes]) => shape(tag, attributes)));
  return group;
}

function shape(tag: string, attributes: Readonly<Record<string, unknown>>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
