type Child = Node | string | null | false | undefined | readonly Child[]

/** A node that is written down where it stands. An attribute that is null is not there. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | null>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value)
  element.append(...nodes(children))
  return element
}

export const nodes = (children: readonly Child[]): (Node | string)[] =>
  (children as readonly unknown[]).flat(9).filter((child): child is Node | string => Boolean(child))

export function button(
  part: string,
  text: string,
  attributes: Readonly<Record<string, string | null>>,
  act: () => void,
): HTMLButtonElement {
  const element = h('button', { type: 'button', part, ...attributes }, text)
  element.addEventListener('click', act)
  return element
}

/** Heard, not seen. */
export const heard = (text: string): HTMLElement => h('span', { class: 'heard' }, text)
