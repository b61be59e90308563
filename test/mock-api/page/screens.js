// Renders the screens of a flow from its flow JSON, plainly. What happens to the values is the caller's business.
import { element } from './element.js';

/**
 * Renders one screen.
 *
 * @param flow the parsed flow JSON
 * @param visit `{ screenId, data, forms }`: the screen, its data, and the values of the screens before it
 * @param actions `{ navigate, complete, dataExchange }`, called with what the customer entered
 */
export function renderScreen(flow, visit, actions) {
	const screen = flow.screens.find(({ id }) => id === visit.screenId);
	if (!screen) return element('p', { className: 'error' }, `No screen ${visit.screenId}`);
	const form = element('form', { className: 'screen', autocomplete: 'off' });
	const data = { ...getExamples(screen.data), ...visit.data };
	const getValues = () => readValues(form);
	const resolve = (value) => resolveValue(value, { data, form: getValues(), screens: visit.forms });
	const children = flatten(screen.layout.children);
	form.append(element('h4', {}, String(resolve(screen.title ?? screen.id))));
	for (const child of children) {
		if (resolve(child.visible ?? true) !== false) form.append(renderComponent(child, resolve));
	}
	form.onsubmit = (event) => {
		event.preventDefault();
		const action = children.find(({ type }) => type === 'Footer')?.['on-click-action'];
		const forms = { ...visit.forms, [screen.id]: { form: getValues(), data } };
		runAction(action, resolve, forms, actions);
	};
	return form;
}

/** The first screen: one that no other leads to. */
export function findFirstScreen(flow) {
	const targets = JSON.stringify(flow.screens.map(({ layout }) => layout));
	const first = flow.screens.find(({ id }) => !targets.includes(`"type":"screen","name":"${id}"`));
	return (first ?? flow.screens[0])?.id;
}

function runAction(action, resolve, forms, { navigate, complete, dataExchange }) {
	const payload = resolve(action?.payload ?? {});
	if (action?.name === 'navigate') navigate({ screenId: action.next.name, data: payload, forms });
	if (action?.name === 'complete') complete(payload);
	if (action?.name === 'data_exchange') dataExchange(payload, forms);
}

const flatten = (children) =>
	children.flatMap((child) => (child.type === 'Form' ? flatten(child.children) : [child]));

const getExamples = (schema) =>
	Object.fromEntries(
		Object.entries(schema ?? {}).map(([name, { __example__: example }]) => [name, example]),
	);

/** Replaces `${data.x}`, `${form.x}`, and `${screen.ID.form.x}`. */
function resolveValue(value, scope) {
	if (Array.isArray(value)) return value.map((each) => resolveValue(each, scope));
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([key, inner]) => [key, resolveValue(inner, scope)]),
		);
	}
	if (typeof value !== 'string') return value;
	const whole = /^\$\{([^}]+)\}$/.exec(value);
	if (whole) return find(whole[1], scope) ?? '';
	return value.replace(/\$\{([^}]+)\}/g, (_, path) => String(find(path, scope) ?? ''));
}

function find(path, { data, form, screens }) {
	const root = { data, form, screen: screens };
	return path.split('.').reduce((value, key) => value?.[key], root);
}

const TEXTS = {
	TextHeading: 'h5',
	TextSubheading: 'h6',
	TextBody: 'p',
	TextCaption: 'small',
	RichText: 'p',
};

function renderComponent(component, resolve) {
	const { type } = component;
	if (type in TEXTS)
		return element(TEXTS[type], {}, String([resolve(component.text)].flat().join('\n')));
	if (type === 'Footer')
		return element('button', { type: 'submit' }, String(resolve(component.label)));
	const render = FIELDS[type];
	if (!render) return element('p', { className: 'empty' }, `(${type} isn't shown here)`);
	const label = String(resolve(component.label ?? ''));
	const required = resolve(component.required ?? false) === true;
	const value = resolve(component['init-value'] ?? '');
	const choices = resolve(component['data-source'] ?? []);
	return render({ name: component.name, label, required, value, choices, component });
}

const INPUT_TYPES = { email: 'email', number: 'number', password: 'password', phone: 'tel' };

const labeled = (label, control) => element('label', {}, label, control);

const FIELDS = {
	TextInput: ({ name, label, required, value, component }) =>
		labeled(
			label,
			element('input', {
				name,
				required,
				value,
				type: INPUT_TYPES[component['input-type']] ?? 'text',
			}),
		),
	TextArea: ({ name, label, required, value }) =>
		labeled(label, element('textarea', { name, required, value, rows: 3 })),
	DatePicker: ({ name, label, required, value }) =>
		labeled(label, element('input', { name, required, value, type: 'date' })),
	Dropdown: ({ name, label, required, choices }) =>
		labeled(
			label,
			element(
				'select',
				{ name, required },
				element('option', { value: '' }, ''),
				...choices.map(({ id, title }) => element('option', { value: id }, title)),
			),
		),
	OptIn: ({ name, label, required }) =>
		element(
			'label',
			{ className: 'choice' },
			element('input', { name, required, type: 'checkbox' }),
			label,
		),
	RadioButtonsGroup: (field) => renderChoices(field, 'radio'),
	CheckboxGroup: (field) => renderChoices(field, 'checkbox'),
};

function renderChoices({ name, label, required, choices }, type) {
	return element(
		'fieldset',
		{},
		element('legend', {}, label),
		...choices.map(({ id, title }) => {
			const input = element('input', {
				name,
				type,
				value: id,
				required: required && type === 'radio',
			});
			// Several values: a list, also if it has one.
			if (type === 'checkbox') input.dataset.list = 'true';
			return element('label', { className: 'choice' }, input, title);
		}),
	);
}

function readValues(form) {
	const values = {};
	for (const control of form.elements) {
		const { name, type, value, checked, dataset } = control;
		if (!name) continue;
		if (type === 'radio') values[name] = checked ? value : (values[name] ?? '');
		else if (dataset.list) values[name] = [...(values[name] ?? []), ...(checked ? [value] : [])];
		else if (type === 'checkbox') values[name] = checked;
		else values[name] = value;
	}
	return values;
}
