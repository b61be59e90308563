import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { InvalidInputError } from '../errors';

/** An output item with a file. */
export class ItemWithBinary {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}

export interface BinaryFile {
	content: Buffer;
	fileName: string | undefined;
	mimeType: string;
}

/** The files of one item. */
export interface BinaryAccess {
	/** @throws {InvalidInputError} if the item has no such binary field */
	read: (fieldName: string) => Promise<BinaryFile>;
	/** Returns an item with a file in the given binary field. */
	attach: (
		json: IDataObject,
		fieldName: string,
		file: { content: Buffer; fileName: string; mimeType: string },
	) => Promise<ItemWithBinary>;
}

export function createBinaryAccess(context: IExecuteFunctions, itemIndex: number): BinaryAccess {
	const { helpers } = context;
	return {
		read: async (fieldName) => {
			const binary = context.getInputData()[itemIndex]?.binary?.[fieldName];
			if (!binary) {
				throw new InvalidInputError(
					`The item has no binary field '${fieldName}'`,
					'Enter the name of an input field with a file, as shown in the Binary tab of the input.',
				);
			}
			const content = await helpers.getBinaryDataBuffer(itemIndex, fieldName);
			return { content, fileName: binary.fileName, mimeType: binary.mimeType };
		},
		attach: async (json, fieldName, { content, fileName, mimeType }) => {
			const binary = await helpers.prepareBinaryData(content, fileName, mimeType);
			return new ItemWithBinary(json, { [fieldName]: binary });
		},
	};
}
