import { element } from './element.js';

export function render(container, groups, act) {
	const focused = document.activeElement?.ariaLabel;
	container.replaceChildren(
		element(
			'div',
			{ className: 'heading' },
			element('h2', {}, 'Flows'),
			element(
				'button',
				{ title: 'Restore the initial flows', onclick: () => act('reset') },
				'Reset',
			),
		),
		...groups.flatMap(({ title, flows }) => [
			element('h3', {}, title),
			flows.length > 0
				? element('ul', {}, ...flows.map((flow) => renderFlow(flow, act)))
				: element('p', { className: 'empty' }, 'No flows'),
		]),
	);
	if (focused) container.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
}

function renderFlow({ id, name, status, categories, errors, actions }, act) {
	const details = [id, ...categories].join(' · ');
	return element(
		'li',
		{ className: 'flow' },
		element(
			'div',
			{ className: 'name' },
			element('strong', {}, name),
			element('span', { className: 'details' }, details),
		),
		element(
			'div',
			{ className: 'badges' },
			element('span', { className: `badge ${status}` }, status),
			errors > 0
				? element(
						'span',
						{ className: 'badge invalid' },
						errors === 1 ? '1 error' : `${errors} errors`,
					)
				: undefined,
		),
		element(
			'div',
			{ className: 'buttons' },
			...actions.map((action) =>
				element(
					'button',
					{
						title: action.description,
						ariaLabel: `${action.name} ${name}`,
						// Block becomes Unblock, which the second click of a double click would select.
						onclick: ({ detail }) => detail < 2 && act(action.name, id),
					},
					action.name,
				),
			),
		),
	);
}
