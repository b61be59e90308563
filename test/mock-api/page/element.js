/** Creates an element. Strings become text nodes, never HTML. */
export function element(tag, properties = {}, ...children) {
	const created = Object.assign(document.createElement(tag), properties);
	created.append(...children.filter((child) => child !== undefined));
	return created;
}

export const formatTime = (at) => new Date(at).toLocaleTimeString();
