import type { Language } from '@trienkhai/vietnamese/language.ts'

interface UsageWords {
  overview: string
  commands: Record<string, string>
  unknownCommand: (name: string) => string
  wrongOption: string
  bug: string
}

const vi: UsageWords = {
  overview: `Triển Khai: từ bản kế hoạch đã ký đến báo cáo hoàn thành

  trienkhai start      chạy chương trình: trang web, việc nền và cơ sở dữ liệu
  trienkhai read TỆP…  đọc kế hoạch từ văn bản và in ra màn hình
  trienkhai settings   in các thiết lập và giá trị đang dùng
  trienkhai seed       thêm dữ liệu mẫu vào cơ sở dữ liệu còn trống
  trienkhai migrate    nâng cấp cơ sở dữ liệu
  trienkhai worker     chỉ chạy việc nền, bên cạnh một bản đang chạy
  trienkhai verify-record  kiểm tra chuỗi mã băm của nhật ký
  trienkhai dev        chạy để phát triển, mã nguồn sửa đến đâu thấy đến đó

Xem thêm: trienkhai <lệnh> --help
`,
  commands: {
    start: `trienkhai start [--empty] [--cells SỐ]

Chạy chương trình. Lần đầu sẽ tạo cơ sở dữ liệu, thêm dữ liệu mẫu và dựng trang web.
  --empty       không thêm dữ liệu mẫu
  --cells SỐ    số chi bộ trong dữ liệu mẫu (mặc định 50)
Dừng bằng Ctrl-C hoặc SIGTERM.
`,
    dev: `trienkhai dev [--empty] [--cells SỐ]

Chạy để phát triển: như start, nhưng trang web lấy thẳng từ mã nguồn.
`,
    worker: `trienkhai worker

Chỉ chạy việc nền trên cơ sở dữ liệu của DATABASE_URL hoặc của bản đang chạy ở DATA_DIR.
`,
    migrate: `trienkhai migrate

Nâng cấp cơ sở dữ liệu lên đúng phiên bản của chương trình và in tên từng tệp đã áp dụng.
`,
    seed: `trienkhai seed [--cells SỐ]

Thêm dữ liệu mẫu vào cơ sở dữ liệu còn trống.
  --cells SỐ    số chi bộ, từ 10 đến 20000 (mặc định 50)
`,
    'verify-record': `trienkhai verify-record [--head MÃ]

Kiểm tra từng dòng nhật ký theo chuỗi mã băm và cho biết dòng đầu tiên bị sửa, bị xóa hoặc chèn thêm.
  --head MÃ     mã băm cuối chuỗi đã ghi lại lần trước: cho biết cả việc nhật ký bị cắt bớt hoặc viết lại

Mã kết thúc: 0 nguyên vẹn; 1 bị đứt; 2 gõ sai lệnh.
`,
    settings: `trienkhai settings

In mọi thiết lập: tên biến môi trường, giá trị đang dùng, ý nghĩa. Mật khẩu không được in ra.
`,
    read: `trienkhai read [--json] TỆP…

Đọc kế hoạch từ tệp .docx, .doc, .rtf, .pdf, .html, .md hoặc .txt; "-" là đầu vào chuẩn.
  --json        in mỗi tệp một dòng JSON ra đầu ra chuẩn, không in gì khác

Mã kết thúc: 0 đọc được tất cả; 1 có tệp không đọc được; 2 gõ sai lệnh.
`,
  },
  unknownCommand: (name) => `Không có lệnh "${name}".`,
  wrongOption: 'Có tùy chọn không đúng.',
  bug: 'Chương trình gặp lỗi không lường trước. Xin gửi phần dưới đây cho người phát triển:',
}

const en: UsageWords = {
  overview: `Triển Khai: from a signed plan to the finished report

  trienkhai start      run the product: web pages, background jobs and database
  trienkhai read FILE… read plans out of documents and print them
  trienkhai settings   print the settings and the values in use
  trienkhai seed       put sample data into an empty database
  trienkhai migrate    bring the database up to date
  trienkhai worker     do background jobs only, beside a running copy
  trienkhai verify-record  verify the chain of hashes of the record
  trienkhai dev        run for development, with changes shown as they are made

More: trienkhai <command> --help
`,
  commands: {
    start: `trienkhai start [--empty] [--cells N]

Runs the product. The first time it makes the database, adds sample data and builds the pages.
  --empty       add no sample data
  --cells N     party cells in the sample data (50 unless given)
Stop it with Ctrl-C or SIGTERM.
`,
    dev: `trienkhai dev [--empty] [--cells N]

Runs for development: as start does, but the pages come straight from the source.
`,
    worker: `trienkhai worker

Does background jobs only, on the database of DATABASE_URL or of the copy that runs on DATA_DIR.
`,
    migrate: `trienkhai migrate

Brings the database up to the program's version and prints the name of each file applied.
`,
    seed: `trienkhai seed [--cells N]

Puts sample data into an empty database.
  --cells N     party cells, from 10 to 20000 (50 unless given)
`,
    'verify-record': `trienkhai verify-record [--head HASH]

Goes over every entry of the record by its chain of hashes and tells the first that was changed, removed or slipped in.
  --head HASH   the head of the chain that was noted before: tells a record that was cut short or written anew, too

Exit codes: 0 whole; 1 broken; 2 wrong usage.
`,
    settings: `trienkhai settings

Prints every setting: the environment variable, the value in use, what it means. Passwords are not printed.
`,
    read: `trienkhai read [--json] FILE…

Reads plans out of .docx, .doc, .rtf, .pdf, .html, .md and .txt files; "-" is standard input.
  --json        one line of JSON a file on standard output, and nothing else

Exit codes: 0 all were read; 1 some could not be read; 2 wrong usage.
`,
  },
  unknownCommand: (name) => `There is no command "${name}".`,
  wrongOption: 'There is an option that the command does not take.',
  bug: 'The program met an error that it did not expect. Please send what follows to its developers:',
}

/** What the command line says of itself. */
export const usageWords: Record<Language, UsageWords> = { vi, en }
