import { OpenAPIBackend } from 'openapi-backend';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
	buildFlowMessage,
	buildFlowTemplateMessage,
} from '../../../nodes/shared/whatsappFlows/flowMessage.ts';
import { KaleyraMock } from '../../mock-api/KaleyraMock.mts';
import { createCalls } from './callMockApi.mts';
import { MESSAGE_DIFFERENCES, RESPONSE_DIFFERENCES } from './differences.mts';
import type { MetaResponse } from './fields.mts';
import { MESSAGES, RESPONSES } from './fields.mts';
import { describeSchema, describeValue, isDescribed } from './shape.mts';

/** Path of business-messaging-api_v23.0.yaml, to compare it with fields.mts. */
const DOCUMENT = process.env['META_OPENAPI'];

const ENVELOPE = { to: '+919876543210', replyTo: 'wamid.x', flowToken: 'token' };
const SENT = {
	InteractiveMessage: buildFlowMessage({
		...ENVELOPE,
		flowId: '900000000000002',
		bodyText: 'Hello',
		buttonText: 'Start',
		header: 'Header',
		footer: 'Footer',
		mode: 'published',
		flowAction: 'navigate',
		screen: 'WELCOME',
		screenData: { name: 'Asha' },
	}),
	TemplateMessage: buildFlowTemplateMessage({
		...ENVELOPE,
		templateName: 'survey',
		language: 'en',
		headerVariables: ['Asha'],
		bodyVariables: ['Monday'],
		buttonIndex: 0,
		screenData: { name: 'Asha' },
	}),
};

const names = Object.keys(RESPONSES) as (keyof typeof RESPONSES)[];
const messages = Object.keys(MESSAGES) as (keyof typeof MESSAGES)[];

/** The fields that only one of two lists has. */
const compare = (fields: string[], described: string[]) => ({
	added: fields.filter((field) => !isDescribed(field, described)),
	missing: described.filter((field) => !fields.some((each) => isDescribed(each, [field]))),
});

const toFields = ({ added = {}, missing = {} }: (typeof RESPONSE_DIFFERENCES)[string] = {}) => ({
	added: Object.keys(added).sort(),
	missing: Object.keys(missing).sort(),
});

describe('The mock API', () => {
	let mockApi: KaleyraMock;
	beforeAll(async () => {
		mockApi = await KaleyraMock.start();
	});
	beforeEach(() => mockApi.reset());
	afterAll(async () => await mockApi.stop());

	test.each(names)(
		'responds to %s as Meta describes it, except for the listed fields',
		async (name) => {
			const response = await createCalls(mockApi, SENT.InteractiveMessage)[name]();
			const fields = describeValue(response);
			expect(compare(fields, RESPONSES[name].fields)).toEqual(toFields(RESPONSE_DIFFERENCES[name]));
		},
	);
});

test.each(messages)('%s of a flow is what Meta describes, except for the listed fields', (name) => {
	const differences = compare(describeValue(SENT[name]), MESSAGES[name]);
	expect(differences).toEqual(toFields(MESSAGE_DIFFERENCES[name]));
});

describe.skipIf(DOCUMENT === undefined)("Meta's OpenAPI document", () => {
	let document: OpenAPIBackend['document'];
	beforeAll(async () => {
		const api = new OpenAPIBackend({ definition: DOCUMENT!, quick: true });
		await api.loadDocument();
		({ document } = api);
	});

	test.each(names)('has the listed fields of %s', (name) => {
		const { path, method, fields }: MetaResponse = RESPONSES[name];
		const { responses } = document.paths![path]![method]!;
		const { content } = responses!['200'] as { content: Record<string, { schema: unknown }> };
		const described = describeSchema(content['application/json']!.schema, document);
		expect(described).toEqual(fields.toSorted());
	});

	test.each(messages)('has the listed fields of %s', (name) => {
		const described = describeSchema(document.components!.schemas![name], document);
		expect(described).toEqual(expect.arrayContaining(MESSAGES[name]));
	});
});
