import type { INodeProperties } from 'n8n-workflow';
import { createLineOption, parseLine } from '../../shared/node/line';
import type { GetParameter } from '../../shared/node/parameters';

/** Options of several message operations, in the order of their names. */

/** By parameter name; Kaleyra uses the same names. */
const REFERENCES = { ref: 'Reference', ref1: 'Reference 1', ref2: 'Reference 2' };

export const flowTokenOption = createLineOption(
	'Flow Token',
	'flowToken',
	'Text that identifies this message in the reply. Leave empty to generate one. The output contains it. For a flow with an endpoint, use a token of Create Flow Token.',
);

export const replyToOption = createLineOption(
	'Reply To',
	'replyTo',
	'The ID of a message of the customer to quote, which starts with wamid',
);

/** @param except the references that the operation sets itself */
export const referenceOptions = (except: string[] = []): INodeProperties[] =>
	Object.entries(REFERENCES)
		.filter(([name]) => !except.includes(name))
		.map(([name, displayName]) =>
			createLineOption(
				displayName,
				name,
				`Text of your choice that Kaleyra returns as ${name} with the reply and the status updates`,
			),
		);

/** The references that are set. */
export function parseReferences(getParameter: GetParameter): Record<string, string> {
	const references: Record<string, string> = {};
	for (const [name, displayName] of Object.entries(REFERENCES)) {
		const value = parseLine(getParameter(`options.${name}`, ''), displayName);
		if (value !== undefined) references[name] = value;
	}
	return references;
}
